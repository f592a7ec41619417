/**
 * What the game's own messages say about the game: who plays, and which value changed with which
 * message (docs/adr/0040). A fold of messages, in the order of the session. Pure.
 */
@NullMarked
package kontor.analysis.state;

import org.jspecify.annotations.NullMarked;
