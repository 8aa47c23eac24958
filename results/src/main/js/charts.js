// The parts of Apache ECharts that the report draws with. Each is imported from its own module, so that the
// bundle holds nothing else.
import {init} from 'echarts/lib/core/echarts.js';
import {use} from 'echarts/lib/extension.js';
import {install as canvasRenderer} from 'echarts/lib/renderer/installCanvasRenderer.js';
import {install as barChart} from 'echarts/lib/chart/bar/install.js';
import {install as customChart} from 'echarts/lib/chart/custom/install.js';
import {install as lineChart} from 'echarts/lib/chart/line/install.js';
import {install as grid} from 'echarts/lib/component/grid/install.js';
import {install as markLine} from 'echarts/lib/component/marker/installMarkLine.js';
import {install as tooltip} from 'echarts/lib/component/tooltip/install.js';
import {install as visualMap} from 'echarts/lib/component/visualMap/installVisualMapContinuous.js';

use([canvasRenderer, barChart, customChart, lineChart, grid, markLine, tooltip, visualMap]);

window['myriadCharts'] = {'init': init};
