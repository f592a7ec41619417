package kontor.analysis.directplay;

/**
 * ADDSHORTCUTTOGROUP 0x27 and DELETEGROUPFROMGROUP 0x28 (docs/protocol/directplay4.md). Seen in no
 * capture.
 */
final class Shortcut {

    private Shortcut() {}

    static String read(Body body) {
        body.id("dplay.shortcut.id_to", "To");
        long child = body.id("dplay.shortcut.child_id", "Child group");
        long parent = body.id("dplay.shortcut.parent_id", "Parent group");
        body.u32("dplay.shortcut.unused_1", "Unused");
        body.u32("dplay.shortcut.unused_2", "Unused");
        return body.show(child) + " in " + body.show(parent);
    }
}
