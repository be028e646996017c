namespace Boreal.BuildWire.Http2;

internal readonly record struct HeaderField(string Name, string Value)
{
    /// <summary>The first value of that name; null when there is none.</summary>
    public static string? Find(IReadOnlyList<HeaderField> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
                return field.Value;
        }
        return null;
    }
}
