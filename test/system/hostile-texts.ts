/** What becomes a script where a page takes text for markup, for an address, for a template or for a line of HTML. */
export const hostileTexts: readonly string[] = [
  '<script>window.struck = 1</script>',
  '<img src=x onerror="window.struck = 1">',
  '"><svg/onload=window.struck=1>',
  "'-window.struck=1-'",
  '</textarea></title></style><script>window.struck = 1</script>',
  '<iframe srcdoc="<script>parent.struck = 1</script>"></iframe>',
  '<a href="javascript:window.struck=1">javascript:window.struck=1</a>',
  '<details open ontoggle="window.struck = 1">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.struck=1&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=window.struck=1>">',
  '{{constructor.constructor("window.struck = 1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder is what it pretends to be
  '${window.struck = 1} `window.struck` <!--[if gte IE 4]><script>window.struck=1</script><![endif]-->',
  '&lt;script&gt;window.struck = 1&lt;/script&gt;',
  '\u202e\u2066<script>window.struck = 1</script>\u2069 \u0000\u0007',
  '__proto__',
];
