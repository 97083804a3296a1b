/** What is observed: plates, exposures, frames, fibres. Plain data, nothing but java.*. */
package org.skymi.survey;
