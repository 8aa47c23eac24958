/**
 * The HTML report: one file that opens without a network. {@link
 * myriad.results.report.html.HtmlReporter} fills a template with tables made here, and with the
 * style sheet, Apache ECharts, a script that draws, and the data that it draws.
 */
@NullMarked
package myriad.results.report.html;

import org.jspecify.annotations.NullMarked;
