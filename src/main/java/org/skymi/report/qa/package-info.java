/** Quality-assurance pages: what a campaign's tables say of a night, drawn and written as HTML. */
package org.skymi.report.qa;
