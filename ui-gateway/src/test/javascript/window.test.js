import { bottom, extent, follows, MOST_PIXELS, scrolled, scrollTopOf, topToCentre, topToShow, visibleRows }
  from "../../main/resources/static/state/window.js";
import { equal, test } from "./harness.js";

const view = (top, count = 100, height = 100) => ({ top, height, rowHeight: 10, count });

test("rows in view are drawn, with some around them", () => {
  equal(visibleRows({ ...view(500), around: 2 }), { first: 48, end: 62 });
  equal(visibleRows({ ...view(0), around: 2 }), { first: 0, end: 12 });
  equal(visibleRows({ ...view(900), around: 2 }), { first: 88, end: 100 });
  equal(visibleRows(view(0, 0)), { first: 0, end: 0 });
});

test("a row in view needs no scrolling, another one as little as possible", () => {
  equal(topToShow(view(500), 55), 500);
  equal(topToShow(view(500), 10), 100);
  equal(topToShow(view(500), 80), 710);
  equal(topToCentre(view(0), 50), 450);
  equal(topToCentre(view(0), 1), 0);
});

test("a list follows at its end, and goes on until the scroll goes up", () => {
  equal(follows(view(900), false, 0), true);
  equal(follows(view(500), false, 400), false);
  equal(follows(view(800), true, 800), true);
  equal(follows(view(800), true, 900), false);
});

test("where all rows fit the scroll bar is what it seems", () => {
  equal(scrolled(view(0), 0, 500), 500);
  equal(scrollTopOf(view(500)), 500);
  equal(extent(view(0)), 1000);
});

test("with more rows than an element can be tall every row can still be reached", () => {
  const many = (top) => view(top, 5_000_000);
  equal(extent(many(0)), MOST_PIXELS);
  equal(scrolled(many(0), 0, MOST_PIXELS - 100), bottom(many(0)));
  equal(Math.round(scrollTopOf(many(bottom(many(0))))), MOST_PIXELS - 100);
  // The wheel goes by pixels, the dragged bar by shares.
  equal(scrolled(many(1_000_000), 240_000, 240_050), 1_000_050);
  equal(Math.round(scrolled(many(0), 0, (MOST_PIXELS - 100) / 2)), Math.round(bottom(many(0)) / 2));
});
