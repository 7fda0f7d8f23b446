const FLAGS = [
  '-std=c11',
  '-O3',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-ffreestanding',
  '-fno-stack-protector',
  '-fvisibility=hidden',
  '-Wall',
  '-Wextra',
];
const COMMON = { 'binding.c': [], 'cpu.c': [], 'share.c': [], 'memory.c': ['-fno-tree-loop-distribute-patterns'] };
const X64 = {
  ...COMMON,
  'table.c': ['-msse4.1'],
  'avx512.c': ['-mavx512f', '-mavx512dq', '-mavx512bw', '-mavx512vl', '-mfma', '-mbmi2', '-mprfchw'],
  'avx2.c': ['-mavx2', '-mfma', '-mbmi2', '-mprfchw'],
  'sse4.c': ['-msse4.1'],
};
const ARM64 = { ...COMMON, 'table.c': [], 'neon.c': [] };
const ELF = ['-shared', '-nostdlib', '-Wl,--gc-sections', '-Wl,-s', '-Wl,-z,noexecstack'];
const own = (platform) => (`${process.platform}-${process.arch}` === platform ? ['gcc', 'cc', 'clang'] : []);

/** The platforms: the compilers to try, what is compiled with which flags of its own, how it is linked. */
export const PLATFORMS = {
  'linux-x64': {
    compilers: [...own('linux-x64'), 'x86_64-linux-gnu-gcc'],
    files: X64,
    flags: [...FLAGS, '-fPIC'],
    link: ELF,
  },
  'linux-arm64': {
    compilers: [...own('linux-arm64'), 'aarch64-linux-gnu-gcc'],
    files: ARM64,
    flags: [...FLAGS, '-fPIC', '-mno-outline-atomics'],
    link: ELF,
  },
  'win32-x64': {
    compilers: ['x86_64-w64-mingw32-gcc'],
    tool: 'x86_64-w64-mingw32-dlltool',
    files: X64,
    flags: [...FLAGS, '-mno-stack-arg-probe'],
    link: ['-shared', '-nostdlib', '-Wl,-s', '-Wl,--entry=0'],
  },
};
