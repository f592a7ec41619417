/**
 * What an analyzer is: it is given the events of a session one by one and says which messages
 * became whole with each. Pure.
 */
@NullMarked
package kontor.analysis.analyzer;

import org.jspecify.annotations.NullMarked;
