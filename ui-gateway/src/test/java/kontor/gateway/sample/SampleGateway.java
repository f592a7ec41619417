package kontor.gateway.sample;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kontor.gateway.GatewayApplication;
import kontor.gateway.sample.SampleSession.Step;

/** The gateway with a made-up session that goes on: to look at the page while working on it. */
public final class SampleGateway {

    private SampleGateway() {}

    public static void main(String[] arguments) {
        SampleStack stack = new SampleStack();
        System.setProperty("KONTOR_KAFKA_SERVERS", stack.kafkaServers());
        System.setProperty("KONTOR_POSTGRES_URL", stack.database().jdbcUrl());
        System.setProperty("KONTOR_POSTGRES_USER", stack.database().user());
        Instant begin = Instant.now().minusSeconds(3);
        SampleSession session = new SampleSession("default", UUID.randomUUID(), 1, begin);
        lobby(session);
        stack.recordSession(session);
        int done = put(stack, session, 0);
        GatewayApplication.main(arguments);
        Random random = new Random(1);
        for (int round = 0; ; round++) {
            stack.status("default", "game1", session.run("game1"), Instant.now(), 9 * round + 20);
            stack.status("default", "game2", session.run("game2"), Instant.now(), 7 * round + 20);
            play(session, random);
            done = put(stack, session, done);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    private static int put(SampleStack stack, SampleSession session, int done) {
        List<Step> steps = session.steps();
        for (Step step : steps.subList(done, steps.size())) {
            stack.publish(step);
            stack.record(step);
        }
        return steps.size();
    }

    private static void lobby(SampleSession session) {
        session.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        int back = session.open("game2", 40983, 2300);
        session.write(back, true, SampleMessages.dplay(0x01, 124));
        int there = session.open("game1", 40985, 2300);
        session.pause(900);
        session.write(there, true, SampleMessages.dplay(0x05, 32));
        session.write(back, true, SampleMessages.dplay(0x07, 68));
        session.write(there, true, SampleMessages.dplay(0x13, 172));
        session.write(back, true, SampleMessages.dplay(0x29, 236));
        session.write(there, true, SampleMessages.dplay(0x08, 96));
        session.undeliverable("game2", SampleMessages.x642(1, 2, 3));
        session.pause(700);
        for (int i = 0; i < 60; i++) {
            play(session, new Random(i));
        }
        session.halfClose(back, true);
        session.reset(there, true);
    }

    private static void play(SampleSession session, Random random) {
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String game = random.nextBoolean() ? "game1" : "game2";
            switch (random.nextInt(6)) {
                case 0 -> session.datagram(game, 2350, 2350, SampleMessages.dplay(0x16, 36));
                case 1 -> session.datagram(game, 2350, 2350, SampleMessages.dplay(0x17, 36));
                default -> {
                    int[] values = random.ints(1 + random.nextInt(20), 0, 99999).toArray();
                    session.datagram(game, 2350, 2350, SampleMessages.x642(values));
                }
            }
            session.pause(40 + random.nextInt(90));
        }
    }
}
