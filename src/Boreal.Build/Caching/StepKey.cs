using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Graph;
using Boreal.Oci.Content;

namespace Boreal.Build.Caching;

/// <summary>What steps' results are found by: what the step does, and what it does it with. The first word tells the rules of a version apart.</summary>
internal static class StepKey
{
    private const string Rules = "boreal.step.1";

    /// <summary>By the inputs' own names; for a tree of layers <see cref="OfLayers"/>.</summary>
    public static string Of(Operation operation, IEnumerable<string> inputs)
    {
        var writer = new CanonicalWriter().Write(Rules).Write(operation.Form.Span).Write([.. inputs]);
        return Convert.ToHexStringLower(SHA256.HashData(writer.Written.Span));
    }

    /// <summary>One name for a chain of layers.</summary>
    public static string OfLayers(IEnumerable<Digest> layers) =>
        "layers:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', layers.Select(layer => layer.Value)))));

    /// <summary>Of a layer none of whose files is younger than a time.</summary>
    public static string OfTimes(Digest layer, DateTimeOffset latest)
    {
        var writer = new CanonicalWriter().Write(Rules).Write("times").Write(layer.Value).Write(latest.ToUnixTimeSeconds());
        return Convert.ToHexStringLower(SHA256.HashData(writer.Written.Span));
    }

    /// <summary>A name for chosen content.</summary>
    public static string OfContent(byte[] digest) => "content:" + Convert.ToHexStringLower(digest);
}
