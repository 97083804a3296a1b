/** What is asked of a campaign: SQL views, exports, pages' numbers. */
package org.skymi.query;
