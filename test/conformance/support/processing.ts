/** A way of processing objects that says everything that can be said, as a value and as elements. */
import type { ObjectProcessConfiguration } from "../../../src/mod.ts";

export const PROCESSING: ObjectProcessConfiguration = {
  allowAnonymousAccessForObjectProcess: true,
  allowedFeatures: ["GetObject-Range"],
  transformationConfigurations: [
    {
      actions: ["GetObject"],
      functionAssumeRoleArn: "acs:ram::1:role/aliyunfcdefaultrole",
      functionArn: "acs:fc:cn-hangzhou:1:services/a.LATEST/functions/fc-01",
      customForwardHeaders: ["header1", "header2"],
    },
    { actions: ["GetObject"], functionArn: "acs:fc:cn-hangzhou:1:services/b", customForwardHeaders: [] },
  ],
};

const FEATURES =
  "<AdditionalFeatures><CustomForwardHeaders><CustomForwardHeader>header1</CustomForwardHeader><CustomForwardHeader>header2</CustomForwardHeader></CustomForwardHeaders></AdditionalFeatures>";
const FIRST = `<TransformationConfiguration><Actions><Action>GetObject</Action></Actions><ContentTransformation><FunctionCompute><FunctionAssumeRoleArn>acs:ram::1:role/aliyunfcdefaultrole</FunctionAssumeRoleArn><FunctionArn>acs:fc:cn-hangzhou:1:services/a.LATEST/functions/fc-01</FunctionArn></FunctionCompute>${FEATURES}</ContentTransformation></TransformationConfiguration>`;
const SECOND =
  "<TransformationConfiguration><Actions><Action>GetObject</Action></Actions><ContentTransformation><FunctionCompute><FunctionArn>acs:fc:cn-hangzhou:1:services/b</FunctionArn></FunctionCompute><AdditionalFeatures><CustomForwardHeaders></CustomForwardHeaders></AdditionalFeatures></ContentTransformation></TransformationConfiguration>";

export const PROCESSING_XML: string = `<AllowAnonymousAccessForObjectProcess>true</AllowAnonymousAccessForObjectProcess><ObjectProcessConfiguration><AllowedFeatures><AllowedFeature>GetObject-Range</AllowedFeature></AllowedFeatures><TransformationConfigurations>${FIRST}${SECOND}</TransformationConfigurations></ObjectProcessConfiguration>`;
