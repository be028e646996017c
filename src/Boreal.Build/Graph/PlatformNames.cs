namespace Boreal.Build.Graph;

/// <summary>The many names of architectures.</summary>
internal static class PlatformNames
{
    private static readonly HashSet<string> Systems =
    [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd", "openbsd",
        "plan9", "solaris", "windows", "zos",
    ];

    private static readonly HashSet<string> Architectures =
    [
        "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64", "mips", "mipsle", "mips64",
        "mips64le", "mips64p32", "mips64p32le", "ppc", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm",
    ];

    public static bool IsSystem(string name) => Systems.Contains(name);

    public static bool IsArchitecture(string name) => Architectures.Contains(name);

    public static string NormalizeSystem(string name) => name.ToLowerInvariant() is "macos" ? "darwin" : name.ToLowerInvariant();

    public static (string Architecture, string Variant) Normalize(string architecture, string variant) => (architecture, variant) switch
    {
        ("i386", _) => ("386", ""),
        ("x86_64" or "x86-64" or "amd64", "v1") => ("amd64", ""),
        ("x86_64" or "x86-64", _) => ("amd64", variant),
        ("aarch64" or "arm64", "8" or "v8" or "v8.0") => ("arm64", ""),
        ("aarch64" or "arm64", "9" or "9.0" or "v9.0") => ("arm64", "v9"),
        ("aarch64", _) => ("arm64", variant),
        ("armhf", _) => ("arm", "v7"),
        ("armel", _) => ("arm", "v6"),
        ("arm", "" or "7") => ("arm", "v7"),
        ("arm", "5" or "6" or "8") => ("arm", "v" + variant),
        _ => (architecture, variant),
    };
}
