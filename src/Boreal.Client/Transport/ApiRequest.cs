using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Boreal.Client.Transport;

/// <summary>One call of the API: method, path (without version), query and an optional body.</summary>
internal sealed record ApiRequest(string Method, string Path)
{
    private readonly List<(string Name, string Value)> _headers = [];
    private StringBuilder? _query;

    public ReadOnlyMemory<byte> Json { get; private set; }

    public Stream? Upload { get; private set; }

    public string UploadType { get; private set; } = "application/x-tar";

    /// <summary>False for <c>/_ping</c>, which exists without a version only.</summary>
    public bool IsVersioned { get; init; } = true;

    public IReadOnlyList<(string Name, string Value)> Headers => _headers;

    public string Query => _query?.ToString() ?? "";

    public ApiRequest With(string name, string? value)
    {
        if (value is null) return this;
        _query ??= new StringBuilder();
        _query.Append(_query.Length is 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    /// <summary>Adds the switch only when it is on: absent means false everywhere in the API.</summary>
    public ApiRequest With(string name, bool value) => value ? With(name, "1") : this;

    public ApiRequest WithEach(string name, IEnumerable<string> values)
    {
        foreach (var value in values) With(name, value);
        return this;
    }

    public ApiRequest WithHeader(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    public ApiRequest WithJson<T>(T value, JsonTypeInfo<T> type)
    {
        Json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return this;
    }

    public ApiRequest WithUpload(Stream content, string type = "application/x-tar")
    {
        Upload = content;
        UploadType = type;
        return this;
    }
}
