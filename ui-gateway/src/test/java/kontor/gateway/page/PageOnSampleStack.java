package kontor.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import kontor.gateway.sample.GatewayOnSampleStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of the page in a browser, on a gateway and a stack; no test may leave a complaint. */
@SuppressWarnings("NullAway") // As in its superclass.
abstract class PageOnSampleStack extends GatewayOnSampleStack {

    protected static PageUnderTest browser;

    @BeforeAll
    static void openBrowser() {
        browser = null;
        browser = new PageUnderTest();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingComplains() {
        assertThat(browser.complaints()).isEmpty();
    }
}
