/**
 * Rules of interception: what a packet between two games must be like, and what is done with it.
 * Pure: a rule set is made of text, and decides by the packet, its place and counts that the caller
 * keeps; no clocks, no chance, no files.
 */
@NullMarked
package kontor.rules;

import org.jspecify.annotations.NullMarked;
