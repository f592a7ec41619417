package kontor.simulation.world;

import kontor.adapter.relay.CommandReceipt;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;

/**
 * A record of {@code kontor.receipts}.
 *
 * @param run of the adapter that speaks
 */
public record Said(InstanceName instance, RunId run, CommandReceipt receipt) {}
