<?php
// Validates a corpus with php-json-schema: validate.php SCHEMA CORPUS. Exits with 1 if a result differs from the corpus.
require 'JsonSchema/autoload.php';

$read = fn (string $json) => json_decode($json, flags: JSON_THROW_ON_ERROR);

[, $schemaFile, $corpus] = $argv;
$schema = $read(file_get_contents($schemaFile));
$id = $schema->{'$id'};
$storage = new JsonSchema\SchemaStorage();
$storage->addSchema($id, $schema);
$factory = new JsonSchema\Constraints\Factory($storage);

$agreed = 0;
$differing = [];
foreach (file($corpus, FILE_IGNORE_NEW_LINES) as $line) {
    $entry = $read($line);
    $validator = new JsonSchema\Validator($factory);
    $validator->validate($entry->value, (object) ['$ref' => $id]);
    if ($validator->isValid() === $entry->valid) {
        $agreed++;
    } else {
        $differing[] = $line;
    }
}

echo json_encode(['agreed' => $agreed, 'disagreed' => count($differing), 'first' => array_slice($differing, 0, 3)]), "\n";
exit($differing === [] ? 0 : 1);
