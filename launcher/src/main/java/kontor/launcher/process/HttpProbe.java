package kontor.launcher.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Ready is who answers 200. */
public final class HttpProbe implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    private final URI address;

    public HttpProbe(URI address) {
        this.address = address;
    }

    @Override
    public Answer ask() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200
                    ? new Answer.Ready(List.of())
                    : new Answer.NotYet("answers " + status);
        } catch (IOException e) {
            return new Answer.NotYet("does not answer");
        }
    }
}
