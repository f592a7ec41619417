package kontor.launcher.recording;

import com.shinyhut.vernacular.client.VernacularClient;
import com.shinyhut.vernacular.client.VernacularConfig;
import com.shinyhut.vernacular.client.exceptions.VncException;
import com.shinyhut.vernacular.client.rendering.ImageBuffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import kontor.launcher.recording.PictureRule.SessionPlace;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.PictureName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one screen, at a set rate and on request, and keeps what the rule wants. Has a thread of
 * its own; a screen that is not there is tried again at that rate.
 */
final class ScreenWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScreenWatch.class);
    private static final int CONNECT_MILLIS = 2_000;

    private final InstanceName instance;
    private final InetSocketAddress screen;
    private final Duration every;
    private final Supplier<SessionPlace> session;
    private final PictureStore store;
    private final PictureRule rule = new PictureRule();
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable ImageBuffer latest;
    private volatile boolean lost;

    ScreenWatch(
            InstanceName instance,
            InetSocketAddress screen,
            Duration every,
            Supplier<SessionPlace> session,
            PictureStore store) {
        this.instance = instance;
        this.screen = screen;
        this.every = every;
        this.session = session;
        this.store = store;
        this.thread =
                Thread.ofPlatform().daemon().name("kontor-screen-" + instance).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Looks now, not only when it is time. */
    void lookNow() {
        wanted.release();
    }

    private void run() {
        boolean said = false;
        while (!closing) {
            try (Socket socket = new Socket()) {
                socket.connect(screen, CONNECT_MILLIS);
                log.info("Recording the screen of {} at {}", instance, screen);
                said = false;
                watch(socket);
            } catch (IOException e) {
                if (!said) {
                    log.warn(
                            "No screen of {} at {}; trying again: {}",
                            instance,
                            screen,
                            e.getMessage());
                    said = true;
                }
            } catch (InterruptedException e) {
                return;
            }
            if (!paused()) {
                return;
            }
        }
    }

    private boolean paused() {
        try {
            boolean _ = wanted.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
            wanted.drainPermits();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void watch(Socket socket) throws IOException, InterruptedException {
        latest = null;
        lost = false;
        VernacularConfig config = new VernacularConfig();
        config.setShared(true);
        config.setUseLocalMousePointer(false);
        config.setTargetFramesPerSecond(
                Math.clamp(Duration.ofSeconds(1).dividedBy(every) * 2, 2, 20));
        config.setScreenUpdateListener(image -> latest = image);
        config.setErrorListener(this::onError);
        VernacularClient client = new VernacularClient(config);
        client.start(socket);
        try {
            while (!closing && !lost && client.isRunning()) {
                look();
                boolean _ = wanted.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
            }
        } finally {
            client.stop();
        }
    }

    private void onError(VncException e) {
        lost = true;
        log.debug("The screen of {} is gone", instance, e);
    }

    private void look() throws IOException {
        // Before the picture: it may show what came a moment later, never less than it says.
        SessionPlace place = session.get();
        @Nullable ImageBuffer image = latest;
        if (image == null) {
            return;
        }
        int[] pixels = image.getBuffer().clone();
        if (rule.onLook(hash(pixels), place)) {
            Instant now = Instant.now();
            PictureName name = place.name(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
            store.keep(
                    place.session(),
                    instance,
                    name,
                    png(image.getWidth(), image.getHeight(), pixels));
        }
    }

    private static long hash(int[] pixels) {
        CRC32C sum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Integer.BYTES);
        bytes.asIntBuffer().put(pixels);
        sum.update(bytes);
        return sum.getValue() << Integer.SIZE | pixels.length;
    }

    private static byte[] png(int width, int height, int[] pixels) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
