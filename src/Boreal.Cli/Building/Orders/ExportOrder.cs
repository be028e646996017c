namespace Boreal.Cli.Building.Orders;

/// <summary>One place the result goes to.</summary>
internal sealed record ExportOrder(string Type, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>A file or folder of this machine; <c>-</c> for standard output, null when the result stays at the daemon.</summary>
    public string? Destination { get; init; }

    /// <summary>The result is a folder, not one file.</summary>
    public bool IsFolder { get; init; }

    /// <summary>After the build the image is uploaded under each of its names.</summary>
    public bool IsPushed { get; init; }
}
