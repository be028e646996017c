namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>A pair of ENV or LABEL; <paramref name="IsOldForm"/> when a blank stood where <c>=</c> should be.</summary>
internal sealed record KeyValue(string Key, string Value, bool IsOldForm = false)
{
    public override string ToString() => $"{Key}={Value}";
}
