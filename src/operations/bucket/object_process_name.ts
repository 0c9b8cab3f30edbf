/**
 * What calls on access points for object processing share: the name, and how objects are processed.
 * @module
 */
import { boolean, list, named, object, type Shape, text } from "../../codec/shape.ts";
import type { BaseInput } from "../../core/operation.ts";
import { required } from "../required.ts";

/** Names an access point for object processing. */
export interface ObjectProcessName {
  /** At most 63 of `a-z`, `0-9` and inner `-`, unique in a region of the account. */
  readonly accessPointForObjectProcessName: string;
}

/** A call on an access point for object processing. */
export interface ObjectProcessInput extends BaseInput, ObjectProcessName {}

/** What becomes of objects that are read through an access point. */
export interface ObjectTransformation {
  /** The calls that it is for: `GetObject`. */
  readonly actions?: readonly string[] | undefined;
  /** The role in which the function works. */
  readonly functionAssumeRoleArn?: string | undefined;
  /** The function of Function Compute. */
  readonly functionArn?: string | undefined;
  /** Request headers that the function is told. */
  readonly customForwardHeaders?: readonly string[] | undefined;
}

/** How objects are processed. */
export interface ObjectProcessConfiguration {
  /** What the function can do beside: `GetObject-Range`. */
  readonly allowedFeatures?: readonly string[] | undefined;
  readonly transformationConfigurations?: readonly ObjectTransformation[] | undefined;
  readonly allowAnonymousAccessForObjectProcess?: boolean | undefined;
}

const texts = (element: string) => named(element, list<string>(text));

/** Where {@link ObjectProcessConfiguration} stands. */
export const processConfiguration = (): Shape<ObjectProcessConfiguration> => ({
  allowAnonymousAccessForObjectProcess: boolean,
  allowedFeatures: texts("ObjectProcessConfiguration/AllowedFeatures/AllowedFeature"),
  transformationConfigurations: named(
    "ObjectProcessConfiguration/TransformationConfigurations/TransformationConfiguration",
    list<ObjectTransformation>(
      object<ObjectTransformation>({
        actions: texts("Actions/Action"),
        functionAssumeRoleArn: named("ContentTransformation/FunctionCompute/FunctionAssumeRoleArn", text),
        functionArn: named("ContentTransformation/FunctionCompute/FunctionArn", text),
        customForwardHeaders: texts(
          "ContentTransformation/AdditionalFeatures/CustomForwardHeaders/CustomForwardHeader",
        ),
      }),
    ),
  ),
});

/** The header that names an access point for object processing. */
export const objectProcessWire = (): { readonly accessPointForObjectProcessName: string } => ({
  accessPointForObjectProcessName: "x-oss-access-point-for-object-process-name",
});

/**
 * Asks for the name.
 * @throws TypeError
 */
export const needObjectProcess: (input: ObjectProcessName) => Record<never, never> =
  /* @__PURE__ */ required<ObjectProcessName>("accessPointForObjectProcessName");
