# Judges a corpus by its schema with libjson-validator-perl: judge.pl SCHEMA CORPUS. Ends with 1 where the two verdicts differ.
use v5.36;
use JSON::Validator;
use List::Util 'head';
use Mojo::File 'path';
use Mojo::JSON qw(decode_json encode_json);

my ($schema, $corpus) = @ARGV;
my $validator = JSON::Validator->new->schema(decode_json(path($schema)->slurp))->schema;

my ($agreed, @differing) = 0;
for my $line (split /\n/, path($corpus)->slurp) {
  my $entry = decode_json($line);
  if (!$validator->validate($entry->{value}) == !!$entry->{valid}) { $agreed++ }
  else { push @differing, $line }
}

say encode_json({agreed => $agreed, disagreed => scalar @differing, first => [head 3, @differing]});
exit(@differing ? 1 : 0);
