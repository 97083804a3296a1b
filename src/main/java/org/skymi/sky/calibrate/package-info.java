/** What a fibre's sky lines say of it: shift, width, throughput. */
package org.skymi.sky.calibrate;
