namespace Boreal.Engine.Containers.Spec;

/// <summary>One <c>--mount</c> as the client sent it.</summary>
public sealed record MountSpec
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>tmpfs</c>, ...</summary>
    public required string Type { get; init; }

    public string Source { get; init; } = "";

    public required string Target { get; init; }

    public bool ReadOnly { get; init; }

    public string Consistency { get; init; } = "";

    public BindSpec? Bind { get; init; }

    public TmpfsSpec? Tmpfs { get; init; }

    public VolumeMountSpec? Volume { get; init; }

    public ImageMountSpec? Image { get; init; }
}
