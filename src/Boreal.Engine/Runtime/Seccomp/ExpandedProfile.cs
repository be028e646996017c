namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>A profile fitted to this machine and a container.</summary>
/// <param name="Json">The runtime-spec's linux.seccomp; empty where nothing is filtered.</param>
/// <param name="Program">The same compiled for the kernel, in base64; null where only the runtime can do that.</param>
internal sealed record ExpandedProfile(byte[] Json, string? Program)
{
    public static ExpandedProfile Unfiltered { get; } = new([], null);
}
