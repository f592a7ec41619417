/**
 * The words of docs/GLOSSARY.md as values: identifiers, sequences and payload bytes. Free of any
 * library, so that the pure parts of every service can speak with them.
 */
@NullMarked
package kontor.vocabulary;

import org.jspecify.annotations.NullMarked;
