namespace Boreal.Engine.Runtime.Mounts;

/// <summary>One mount of the runtime-spec.</summary>
internal sealed record MountEntry(string Destination, string Type, string Source, IReadOnlyList<string> Options)
{
    /// <summary>Options without <c>ro</c>.</summary>
    public MountEntry Writable() => this with { Options = [.. Options.Where(option => option is not "ro")] };
}
