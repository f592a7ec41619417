package kontor.rewriting;

import kontor.vocabulary.InstanceName;

/**
 * From whom to whom a message goes.
 *
 * @param from in whose network the addresses in it have a meaning
 * @param to in whose network they have to have one
 */
public record Way(InstanceName from, InstanceName to) {}
