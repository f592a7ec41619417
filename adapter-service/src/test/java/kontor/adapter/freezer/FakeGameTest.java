package kontor.adapter.freezer;

final class FakeGameTest extends FreezerContract {

    @Override
    Game newGame() {
        return new FakeGame();
    }
}
