namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>The processors containers run on.</summary>
internal static class SeccompArchitectures
{
    public static IReadOnlyList<SeccompArchitecture> All { get; } =
    [
        Of("X86_64", "X86", "X32"),
        Of("AARCH64", "ARM"),
        Of("MIPS64", "MIPS", "MIPS64N32"),
        Of("MIPS64N32", "MIPS", "MIPS64"),
        Of("MIPSEL64", "MIPSEL", "MIPSEL64N32"),
        Of("MIPSEL64N32", "MIPSEL", "MIPSEL64"),
        Of("S390X", "S390"),
        Of("RISCV64"),
        Of("LOONGARCH64"),
    ];

    /// <summary>The runtime-spec's name of Docker's name of an architecture; null for one that has no filters.</summary>
    public static string? NameOf(string architecture) => architecture switch
    {
        "amd64" => "SCMP_ARCH_X86_64",
        "386" => "SCMP_ARCH_X86",
        "arm64" => "SCMP_ARCH_AARCH64",
        "arm" => "SCMP_ARCH_ARM",
        "ppc64le" => "SCMP_ARCH_PPC64LE",
        "s390x" => "SCMP_ARCH_S390X",
        "riscv64" => "SCMP_ARCH_RISCV64",
        "loong64" => "SCMP_ARCH_LOONGARCH64",
        _ => null,
    };

    private static SeccompArchitecture Of(string name, params string[] secondary) =>
        new($"SCMP_ARCH_{name}", [.. secondary.Select(other => $"SCMP_ARCH_{other}")]);
}
