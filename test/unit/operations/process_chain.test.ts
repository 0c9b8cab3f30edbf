import { audio, doc, image, style, video } from "../../../src/mod.ts";
import { assert, fc, test } from "../../harness.ts";

test("a chain is written as the service reads it", () => {
  const cases: readonly [unknown, string][] = [
    [
      image().resize({
        mode: "pad",
        width: 100,
        height: 200,
        longSide: 1,
        shortSide: 2,
        limit: false,
        color: "#FF0000",
        percent: 50,
        percentOfMain: 30,
      }),
      "image/resize,m_pad,w_100,h_200,l_1,s_2,limit_0,color_FF0000,p_50,P_30",
    ],
    [
      image().crop({ width: 1, height: 2, x: 0, y: 4, gravity: "se" }).indexcrop({ x: 5, y: 6, index: 0 }),
      "image/crop,w_1,h_2,x_0,y_4,g_se/indexcrop,x_5,y_6,i_0",
    ],
    [
      image().rotate(360).circle(1).roundedCorners(30).blur({ radius: 3, sigma: 2 }),
      "image/rotate,360/circle,r_1/rounded-corners,r_30/blur,r_3,s_2",
    ],
    [image().sharpen(399).bright(-100).contrast(100), "image/sharpen,399/bright,-100/contrast,100"],
    [image().quality({ relative: 80 }).quality({ absolute: 1 }), "image/quality,q_80/quality,Q_1"],
    [
      image().format("webp").interlace(true).autoOrient(false).info().averageHue(),
      "image/format,webp/interlace,1/auto-orient,0/info/average-hue",
    ],
    [
      image().watermark({
        text: "Hello 图片服务!",
        image: "panda.png?x-oss-process=image/resize,P_30",
        font: "wqy-zenhei",
        color: "FFFFFF",
        size: 30,
        shadow: 50,
        rotate: 45,
        fill: true,
        opacity: 90,
        gravity: "se",
        x: 10,
        y: 11,
        verticalOffset: -5,
        paddingX: 1,
        paddingY: 2,
        order: true,
        align: 2,
        interval: 3,
      }),
      "image/watermark,text_SGVsbG8g5Zu-54mH5pyN5YqhIQ,image_cGFuZGEucG5nP3gtb3NzLXByb2Nlc3M9aW1hZ2UvcmVzaXplLFBfMzA,type_d3F5LXplbmhlaQ,color_FFFFFF,size_30,shadow_50,rotate_45,fill_1,t_90,g_se,x_10,y_11,voffset_-5,padx_1,pady_2,order_1,align_2,interval_3",
    ],
    [image().action("blindwatermark", "content_YQ"), "image/blindwatermark,content_YQ"],
    [style("thumb-1"), "style/thumb-1"],
    [
      video().snapshot({ time: 0, format: "jpg", width: 800, height: 600, mode: "fast", autoRotate: "auto" }),
      "video/snapshot,t_0,f_jpg,w_800,h_600,m_fast,ar_auto",
    ],
    [
      video()
        .convert({
          format: "avi",
          start: 1,
          duration: 2,
          videoCodec: "h265",
          fps: 30,
          size: "1920x1080",
          scaleType: "fit",
          videoBitrate: 2_000_000,
          crf: 26,
          videoDisabled: false,
          audioCodec: "aac",
          sampleRate: 44_100,
          channels: 2,
          audioBitrate: 100_000,
          audioDisabled: true,
          subtitleDisabled: true,
        })
        .saveAs({ bucket: "desct-bucket", key: "demo.mp4" })
        .notify("AudioConvert"),
      "video/convert,f_avi,ss_1,t_2,vcodec_h265,fps_30,s_1920x1080,scaletype_fit,vb_2000000,crf_26,vn_0,acodec_aac,ar_44100,ac_2,ab_100000,an_1,sn_1|sys/saveas,o_ZGVtby5tcDQ,b_ZGVzY3QtYnVja2V0/notify,topic_QXVkaW9Db252ZXJ0",
    ],
    [
      video().animation({ format: "gif", fps: 5, start: 1, interval: 1000, number: 3, width: 100, height: 100 }),
      "video/animation,f_gif,fps_5,ss_1,inter_1000,num_3,w_100,h_100",
    ],
    [video().snapshots({ format: "png", scaleType: "fit" }).info(), "video/snapshots,f_png,scaletype_fit/info"],
    [
      audio().convert({
        format: "aac",
        start: 1,
        duration: 2,
        sampleRate: 3,
        channels: 2,
        quality: 90,
        bitrate: 96_000,
      }),
      "audio/convert,f_aac,ss_1,t_2,ar_3,ac_2,aq_90,ab_96000",
    ],
    [audio().info(), "audio/info"],
    [
      doc()
        .preview({ export: true, print: false, copy: true })
        .watermark({ text: "内部资料", size: 30, opacity: 60, color: "FF0000", rotate: 45, font: "a" }),
      "doc/preview,export_1,print_0,copy_1/watermark,text_5YaF6YOo6LWE5paZ,size_30,t_60,color_FF0000,rotate_45,type_YQ",
    ],
    [doc().preview(), "doc/preview"],
    [doc().snapshot({ page: 3, target: "png", source: "pdf" }), "doc/snapshot,page_3,target_png,source_pdf"],
    [
      doc().convert({ target: "png", source: "docx", pages: "1-10" }).saveAs({ key: "ä" }),
      "doc/convert,target_png,source_docx,pages_MS0xMA|sys/saveas,o_w6Q",
    ],
  ];
  for (const [made, expected] of cases) assert.equal(`${made}`, expected);
});

test("a chain travels as JSON: the text that it stands for", () => {
  assert.equal(JSON.stringify({ process: image().resize({ width: 100 }) }), '{"process":"image/resize,w_100"}');
});

test("a chain never changes: each action gives a longer one", () => {
  const one = image().resize({ width: 1 });
  const two = one.rotate(90);
  assert.equal(
    `${one} ${two} ${one.circle(2)}`,
    "image/resize,w_1 image/resize,w_1/rotate,90 image/resize,w_1/circle,r_2",
  );
  assert.isFrozen(one);
});

test("what the service would refuse is refused at once, by argument and value", () => {
  const cases: readonly [() => unknown, typeof RangeError | typeof TypeError, string][] = [
    [() => image().resize({ width: 0 }), RangeError, "resize.width must be a whole number from 1 to 16384, got 0"],
    [
      () => image().resize({ percent: 1001 }),
      RangeError,
      "resize.percent must be a whole number from 1 to 1000, got 1001",
    ],
    [() => image().crop({ x: -1 }), RangeError, "crop.x must be a whole number from 0 to 9007199254740991, got -1"],
    [() => image().rotate(361), RangeError, "rotate must be a whole number from 0 to 360, got 361"],
    [() => image().sharpen(49), RangeError, "sharpen must be a whole number from 50 to 399, got 49"],
    [
      () => image().blur({ radius: 1.5, sigma: 1 }),
      RangeError,
      "blur.radius must be a whole number from 1 to 50, got 1.5",
    ],
    [
      () => video().convert({ format: "mp4", crf: 52 }),
      RangeError,
      "convert.crf must be a whole number from 0 to 51, got 52",
    ],
    [() => image().format("png/resize,w_1"), TypeError, 'format must be letters, digits and "-", got "png/resize,w_1"'],
    [
      () => image().resize({ color: "red,blue" }),
      TypeError,
      'resize.color must be letters, digits and "-", got "red,blue"',
    ],
    [() => style("a|b"), TypeError, 'action must be letters, digits and "-", got "a|b"'],
    [() => image().resize({}), TypeError, "resize needs a value, got none"],
    [() => image().format(undefined as never), TypeError, "format needs a value, got none"],
    [() => String(image()), TypeError, "image() needs an action"],
    [() => image().saveAs({ key: "a" }), TypeError, "image() needs an action"],
    [() => image().info().saveAs({ key: "" }), TypeError, "key must be"],
    [() => image().info().saveAs({ key: "a", bucket: "A" }), TypeError, "bucket must be"],
  ];
  for (const [act, kind, message] of cases) assert.throws(act, kind, message);
});

test("any key and text survive their base64", () => {
  const text = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
    .filter((key) => /^(?!\.{1,2}$)[^/\\]/.test(key));
  fc.assert(
    fc.property(text, (key) => {
      const [, kept = ""] = /\|sys\/saveas,o_([\w-]+)$/.exec(String(image().info().saveAs({ key }))) ?? [];
      const binary = atob(kept.replaceAll("-", "+").replaceAll("_", "/"));
      assert.equal(new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0))), key);
    }),
  );
});
