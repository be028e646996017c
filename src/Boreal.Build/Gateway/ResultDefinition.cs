using System.Security.Cryptography;
using Boreal.BuildWire.Protocol.Types;
using Google.Protobuf;

namespace Boreal.Build.Gateway;

/// <summary>
/// Results in the form in which clients hand them from one build to another: a graph of one source, which names the tree. Clients
/// take it apart and put it together again, but keep the operations byte for byte.
/// </summary>
internal static class ResultDefinition
{
    private const string Prefix = "boreal-result://";
    private const int MostOperations = 64;

    public static Definition Of(string id)
    {
        var source = new Op { Source = new SourceOp { Identifier = Prefix + id } }.ToByteString();
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(source.Span))}";
        var end = new Op { Inputs = { new Input { Digest = digest } } }.ToByteString();
        return new Definition { Def = { source, end }, Metadata = { [digest] = new OpMetadata() } };
    }

    /// <summary>Null when the graph is none of ours.</summary>
    public static string? Find(Definition definition)
    {
        foreach (var operation in definition.Def.Take(MostOperations))
        {
            if (Op.Parser.ParseFrom(operation).Source?.Identifier is { } identifier && identifier.StartsWith(Prefix, StringComparison.Ordinal))
                return identifier[Prefix.Length..];
        }
        return null;
    }
}
