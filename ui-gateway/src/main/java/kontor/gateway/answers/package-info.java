/** What the API answers with: plain values, by the words of the glossary. Pure. */
@NullMarked
package kontor.gateway.answers;

import org.jspecify.annotations.NullMarked;
