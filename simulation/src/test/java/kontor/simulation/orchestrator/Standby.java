package kontor.simulation.orchestrator;

import java.util.HashSet;
import java.util.Set;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.Service;
import kontor.simulation.world.Request;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/** Waits for the partition to need an owner, and says now and then that it is there. */
final class Standby {

    private static final long POLL_TIMEOUT = 10_000;

    private final String id;
    private final World world;
    private final Tenure tenure;
    private final Outlet outlet;
    private final SignOfLife sign;
    private Request.@Nullable Heard awaited;
    private long epoch;
    private final Set<String> ended = new HashSet<>();

    Standby(String id, World world, Tenure tenure, Outlet outlet) {
        this.id = id;
        this.world = world;
        this.tenure = tenure;
        this.outlet = outlet;
        this.sign = new SignOfLife(id, world);
    }

    void follow(Follower follower, Runnable then) {
        if (awaited == null && sign.isDue()) {
            Request.Heard word = sign.says(ProcessState.STANDBY, 0);
            awaited = word;
            outlet.send(world.topics().control(), word);
        }
        epoch = follower.log().epoch();
        follower.follow(
                POLL_TIMEOUT,
                ownerWrote -> {
                    tenure.on(
                            new Tenure.Input.Followed(
                                    follower.log().standing(id), ownerWrote, world.nanos()));
                    if (ended.stream().anyMatch(follower.log()::isOwnedBy)) {
                        tenure.on(new Tenure.Input.OwnerEnded());
                    }
                    then.run();
                });
    }

    void hear(Request request) {
        Request.@Nullable Heard word = awaited;
        if (word != null && word.equals(request)) {
            long said = word.saidAt() * 1_000;
            awaited = null;
            tenure.on(new Tenure.Input.OwnWordHeard(said, world.nanos()));
        } else if (request instanceof Request.Heard(Input.ProcessHeard process, var _)
                && process.service().equals(Service.ORCHESTRATOR.word())
                && process.state() == ProcessState.READY
                && process.ownerEpoch() >= Math.max(1, epoch)) {
            tenure.on(new Tenure.Input.OwnerHeard(world.nanos()));
        } else if (request instanceof Request.Ended(String process)) {
            ended.add(process);
        }
    }

    void sayStopping() {
        outlet.send(world.topics().control(), sign.says(ProcessState.STOPPING, 0));
    }
}
