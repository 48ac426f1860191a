package ismap.pages;

import ismap.decision.Bilingual;

/** A page that says one thing: what is wrong, and what to do. */
public record MessagePage(Bilingual title, Bilingual text) {}
