package kontor.simulation.world;

/** A fault of the program, planted to see that an invariant notices it. */
public enum Sabotage {
    NONE,
    /** An adapter carries a command out again when it comes again. */
    COMMANDS_NOT_TOLD_APART,
    /** An adapter loses a command now and then, and numbers the next as if it had not. */
    COMMANDS_LOST_UNNOTICED,
    /** An adapter lets an event go when it is sent, not when the broker has it. */
    SPOOL_FORGETS_AT_SENDING,
    /** The last record of a spool is gone after a crash. */
    SPOOL_LOSES_ITS_LAST,
    /** What was half written when the adapter died is taken for a record. */
    SPOOL_KEEPS_TORN_TAIL,
    /** A restarted adapter does not publish what its earlier runs left. */
    SPOOL_OF_EARLIER_RUNS_LEFT,
    /** A restarted adapter says that it started before it publishes what its earlier runs left. */
    START_BEFORE_EARLIER_RUNS,
    /** The orchestrator takes a repeated event for a new one. */
    EVENTS_NOT_TOLD_APART,
    /** The orchestrator does not write down whom it told of a broadcast. */
    DELIVERIES_NOT_WRITTEN_DOWN,
    /** Nobody heeds claims: an entry of an older owner counts. */
    CLAIMS_NOT_HEEDED,
    /** An owner works from its claim on, without reading up to it. */
    CLAIM_NOT_READ,
    /** A new owner gives again fewer commands than its predecessor may have had in flight. */
    COMMANDS_GIVEN_AGAIN_TOO_FEW,
    /** The fence of a new owner does not reach the adapters. */
    FENCE_NOT_SENT,
    /** A new run of an adapter does not look for the fences that reached earlier ones. */
    FENCES_OF_EARLIER_RUNS_IGNORED,
    /** A new owner goes on with what comes, not with what its predecessor left. */
    INPUT_FROM_ITS_END,
    /** An owner goes on after a record that could not be sent. */
    SENDING_GOES_ON_AFTER_FAILURE,
    /** A journal does not look whether another one has moved the position. */
    POSITION_NOT_HELD,
    /** An owner goes by other rules, and releases what waits, before the broker has the record. */
    SETTLED_TOO_EARLY,
    /** An owner that hands over does not wait until all that it sent is acknowledged. */
    RELEASE_NOT_LAST,
    /** A checkpoint is written before the broker has all commands before it. */
    CHECKPOINT_NOT_ACKNOWLEDGED,
    /** An owner writes checkpoints of what it reads behind another one's claim. */
    CHECKPOINT_BEHIND_CLAIM,
    /** Nobody looks whether the log has the record behind which a checkpoint was taken. */
    CHECKPOINT_NOT_CONFIRMED,
    /** An owner takes input after its release. */
    OWNER_GOES_ON_AFTER_RELEASE,
    /** An adapter freezes its game without noting it down first. */
    FREEZE_NOT_MARKED,
    /** An adapter does not thaw its game when the time is up. */
    TIME_LIMIT_FORGOTTEN,
    /** An adapter that ends in good order leaves its game frozen. */
    GAME_LEFT_AT_STOP,
    /** A coordinator takes a game that could not be frozen for one that stands still. */
    FAILED_FREEZE_TAKEN_FOR_ONE,
    /** A coordinator forgets what earlier ones have begun. */
    RELOADS_FROM_NOW_ON,
    /** The journal's position is written before the rows. */
    POSITION_BEFORE_ROWS,
    /** An adapter loses now and then how far the far end has got. */
    WINDOW_EXTENSION_LOST,
    /** An adapter goes on reading from its game though it wants to stop. */
    WINDOW_NOT_HELD,
    /** An adapter forgets receipts while earlier ones are not acknowledged. */
    RECEIPTS_FORGOTTEN,
    /** Nobody looks whether a message has ended where something is injected. */
    INJECTED_INTO_MESSAGES,
    /** What was injected into a stream is injected anew when another owner has taken over. */
    INJECTED_AGAIN_AFTER_TAKEOVER,
    /** An owner takes the time at which it reads a packet for that at which it was captured. */
    CAPTURE_TIME_FORGOTTEN
}
