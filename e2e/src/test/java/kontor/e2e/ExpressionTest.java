package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.e2e.Expression.Selector;
import org.junit.jupiter.api.Test;

final class ExpressionTest {

    @Test
    void functionsKeywordsRangesAndNumbersAreNoMetrics() {
        Expression expression =
                Expression.of(
                        "histogram_quantile(0.99, sum by (instance, le)"
                                + " (rate(a_bucket[$__rate_interval]))) > 1e3 or vector(0)"
                                + " and on (job) deriv(b[2m])");

        assertThat(expression.selectors())
                .extracting(Selector::metric)
                .containsExactly("a_bucket", "b");
        assertThat(expression.groupings()).containsExactlyInAnyOrder("instance", "le", "job");
    }

    @Test
    void conditionsAreToldApartByWhetherTheyNameOneValue() {
        Expression expression = Expression.of("up{job=~\"a|b\", instance=\"(x)\"} == 0");

        assertThat(expression.selectors())
                .isEqualTo(List.of(new Selector("up", Map.of("instance", "(x)"), Set.of("job"))));
    }

    @Test
    void aSeriesMatchesByTheValuesAndTheLabelsThatAreAskedFor() {
        Selector selector = Expression.of("m{a=\"1\",b!=\"2\"}").selectors().getFirst();

        assertThat(selector.matches(Map.of("a", "1", "b", "3", "c", "4"))).isTrue();
        assertThat(selector.matches(Map.of("a", "2", "b", "3"))).isFalse();
        assertThat(selector.matches(Map.of("a", "1"))).isFalse();
    }
}
