package kontor.launcher.watch;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the files of some source trees held at a moment, by path. Pure. */
record Snapshot(Map<Path, Content> files) {

    Snapshot {
        files = Map.copyOf(files);
    }

    /**
     * What a file holds.
     *
     * @param modified with {@code size}: where both are as before, so is the file
     * @param hash of its bytes
     */
    record Content(FileTime modified, long size, String hash) {

        /** Whether the bytes are the same, even if the file was touched meanwhile. */
        boolean sameAs(Content other) {
            return hash.equals(other.hash);
        }
    }

    /** Files that came, went, or hold other bytes since an earlier moment. */
    Set<Path> changedSince(Snapshot earlier) {
        Set<Path> changed = new TreeSet<>(earlier.files.keySet());
        changed.removeAll(files.keySet());
        files.forEach((path, content) -> {
            Content before = earlier.files.get(path);
            if (before == null || !content.sameAs(before)) {
                changed.add(path);
            }
        });
        return changed;
    }
}
