{
  "variables": {
    "flags": ["-std=c11", "-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-fvisibility=hidden"],
  },
  "target_defaults": {
    "cflags": ["<@(flags)"],
    "xcode_settings": { "OTHER_CFLAGS": ["<@(flags)"] },
    "defines": ["GELU_GYP"],
  },
  "targets": [
    {
      "target_name": "gelu_native",
      "sources": ["src/binding.c", "src/cpu.c", "src/share.c", "src/table.c"],
      "conditions": [
        ["target_arch=='x64'", { "dependencies": ["avx512", "avx2", "sse4"] }],
        ["target_arch=='arm64'", { "sources": ["src/neon.c"] }],
      ],
    },
  ],
  "conditions": [
    ["target_arch=='x64'", {
      "targets": [
        {
          "target_name": "avx512",
          "type": "static_library",
          "sources": ["src/avx512.c"],
          "cflags": ["-mavx512f", "-mavx512dq", "-mavx512bw", "-mavx512vl", "-mfma", "-mbmi2", "-mprfchw"],
          "xcode_settings": { "OTHER_CFLAGS": ["<@(flags)", "-mavx512f", "-mavx512dq", "-mavx512bw", "-mavx512vl", "-mfma", "-mbmi2", "-mprfchw"] },
        },
        {
          "target_name": "avx2",
          "type": "static_library",
          "sources": ["src/avx2.c"],
          "cflags": ["-mavx2", "-mfma", "-mbmi2", "-mprfchw"],
          "xcode_settings": { "OTHER_CFLAGS": ["<@(flags)", "-mavx2", "-mfma", "-mbmi2", "-mprfchw"] },
        },
        {
          "target_name": "sse4",
          "type": "static_library",
          "sources": ["src/sse4.c"],
          "cflags": ["-msse4.1"],
          "xcode_settings": { "OTHER_CFLAGS": ["<@(flags)", "-msse4.1"] },
        },
      ],
    }],
  ],
}
