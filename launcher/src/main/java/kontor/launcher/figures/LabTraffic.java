package kontor.launcher.figures;

import java.io.IOException;
import java.time.Duration;
import kontor.lab.Lab;
import kontor.players.report.Progress;
import kontor.players.traffic.NumberedTraffic;
import kontor.players.traffic.TrafficReport;
import kontor.players.traffic.TrafficSettings;
import kontor.players.traffic.Transport;

/**
 * Numbered traffic through a lab, each time the same but for transport and rate.
 *
 * @param warmUp before packets count for the latency
 * @param duration after that
 * @param patience so long nothing may arrive before what is missing counts as lost
 */
record LabTraffic(
        Lab lab, int port, int size, Duration warmUp, Duration duration, Duration patience) {

    /**
     * Sends, and waits for the last packets; blocks.
     *
     * @param perSecond packets of each game
     */
    TrafficReport run(Transport transport, double perSecond, Progress progress)
            throws IOException, InterruptedException {
        return NumberedTraffic.throughLab(
                        lab,
                        new TrafficSettings(
                                transport, port, perSecond, size, warmUp, duration, patience),
                        progress)
                .run();
    }
}
