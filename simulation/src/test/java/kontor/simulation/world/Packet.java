package kontor.simulation.world;

import kontor.adapter.capture.CapturedEvent;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.vocabulary.RunId;

/** A record of {@code kontor.packets}: as the adapter wrote it and as the orchestrator reads it. */
public record Packet(RunId run, CapturedEvent captured, AdapterEvent event) {}
