/** Summaries, pages and plots of a campaign. */
package org.skymi.report;
