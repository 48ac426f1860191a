package ismap.pages;

import ismap.decision.Bilingual;

/** @param code by which the answers are found again; shown once */
public record SavedPage(SelfCheckFrame frame, String code, Bilingual until) {}
