package kontor.sandbox;

/** What the code in these tests implements. */
public interface Doubler {

    int twice(int number);
}
