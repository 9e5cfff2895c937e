# Judges a corpus by its schema with ruby-json-schemer: judge.rb SCHEMA CORPUS. Ends with 1 where the two verdicts differ.
require 'json'
require 'set'
require 'json_schemer'

schemer = JSONSchemer.schema(JSON.parse(File.read(ARGV[0])))

agreeing, differing = File.readlines(ARGV[1], chomp: true).partition do |line|
  entry = JSON.parse(line)
  schemer.valid?(entry['value']) == entry['valid']
end

puts JSON.generate(agreed: agreeing.size, disagreed: differing.size, first: differing.first(3))
exit differing.empty?
