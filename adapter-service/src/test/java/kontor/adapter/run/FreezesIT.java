package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kontor.commands.v1.Action;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.FreezeGame;
import kontor.commands.v1.ThawGame;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.ThawCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A game that is a process, frozen and thawed by commands. */
@Timeout(120)
final class FreezesIT extends TwoAdapters {

    @Test
    void aGameIsFrozenAndThawedByCommandAndTheLogTellsIt() throws Exception {
        Process game1 = startGame1();
        try {
            orchestrator.sendRaw(freeze(adapter1, "f1"));
            AdapterEvent frozen = awaitEvent(AdapterEvent.WhatCase.GAME_FROZEN);
            assertThat(frozen.getGameFrozen().getFreezeId()).isEqualTo("f1");
            assertThat(frozen.getGameFrozen().getMethod()).isEqualTo("signal");
            assertThat(stands(game1)).isTrue();
            await(
                    "the status says so",
                    () ->
                            orchestrator.statuses.stream()
                                    .anyMatch(status -> status.getFreezeId().equals("f1")));

            orchestrator.sendRaw(
                    unnumbered(adapter1)
                            .addActions(
                                    Action.newBuilder()
                                            .setThawGame(ThawGame.newBuilder().setFreezeId("f1")))
                            .build());
            AdapterEvent thawed = awaitEvent(AdapterEvent.WhatCase.GAME_THAWED);
            assertThat(thawed.getInstance()).isEqualTo("game1");
            assertThat(thawed.getGameThawed().getFreezeId()).isEqualTo("f1");
            assertThat(thawed.getGameThawed().getCause()).isEqualTo(ThawCause.THAW_CAUSE_COMMAND);
            assertThat(stands(game1)).isFalse();
        } finally {
            game1.destroyForcibly();
        }
    }

    @Test
    void anAdapterThatStopsThawsItsGameFirst() throws Exception {
        Process game1 = startGame1();
        try {
            orchestrator.sendRaw(freeze(adapter1, "f1"));
            awaitEvent(AdapterEvent.WhatCase.GAME_FROZEN);
            adapter1.stop();
            AdapterEvent thawed = awaitEvent(AdapterEvent.WhatCase.GAME_THAWED);
            assertThat(thawed.getGameThawed().getCause())
                    .isEqualTo(ThawCause.THAW_CAUSE_ADAPTER_STOPPED);
            assertThat(stands(game1)).isFalse();
        } finally {
            game1.destroyForcibly();
        }
    }

    @Test
    void aGameThatCannotBeFrozenRunsOnAndTheLogTellsWhy() {
        orchestrator.sendRaw(freeze(adapter2, "f2"));
        AdapterEvent failed = awaitEvent(AdapterEvent.WhatCase.FREEZE_FAILED);
        assertThat(failed.getFreezeFailed().getFreezeId()).isEqualTo("f2");
        assertThat(failed.getFreezeFailed().getDetail())
                .isEqualTo("instance game2 has no 'freeze' in the lab file");
    }

    private Process startGame1() throws IOException {
        Process game1 = new ProcessBuilder("sleep", "1000").start();
        Files.writeString(data.resolve("game1.pid"), Long.toString(game1.pid()));
        return game1;
    }

    private static boolean stands(Process game) throws IOException {
        return Files.readString(Path.of("/proc/%d/stat".formatted(game.pid()))).contains(") T ");
    }

    private static AdapterCommand freeze(AdapterRun adapter, String freezeId) {
        return unnumbered(adapter)
                .addActions(
                        Action.newBuilder()
                                .setFreezeGame(
                                        FreezeGame.newBuilder()
                                                .setFreezeId(freezeId)
                                                .setAtMostMillis(30_000)))
                .build();
    }

    private static AdapterCommand.Builder unnumbered(AdapterRun adapter) {
        return AdapterCommand.newBuilder()
                .setLab("two-adapters")
                .setInstance(adapter.identity().instance().value())
                .setTargetRunId(adapter.identity().run().toString())
                .setOwnerEpoch(1);
    }
}
