using Boreal.Cli.Building.Offers;

namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--ssh default|id[=socket|=key[,key]]</c>.</summary>
internal static class AgentSpecs
{
    private const string AgentVariable = "SSH_AUTH_SOCK";

    /// <exception cref="FormatException">There is no such socket or key.</exception>
    public static void Add(BuildOffer offer, string text)
    {
        var equals = text.IndexOf('=');
        var id = equals < 0 ? text : text[..equals];
        if (id.Length is 0) throw new FormatException($"invalid value '{text}': an agent has a name, such as default");
        var paths = equals < 0 ? [Environment.GetEnvironmentVariable(AgentVariable) ?? ""] : text[(equals + 1)..].Split(',');
        if (paths is [""]) throw new FormatException($"invalid empty ssh agent socket: make sure {AgentVariable} is set");
        if (Array.Find(paths, path => !File.Exists(path)) is { } missing) throw new FormatException($"failed to open {missing}: no such file or directory");
        var sockets = Array.FindAll(paths, IsSocket);
        if (sockets.Length is 0) offer.Keys[id] = paths;
        else if (paths.Length is 1) offer.Agents[id] = sockets[0];
        else throw new FormatException("only single socket allowed");
    }

    // What is neither a plain file nor a folder is a device to the runtime's eyes.
    private static bool IsSocket(string path) => (File.GetAttributes(path) & FileAttributes.Device) is not 0 || new FileInfo(path).Length is 0;
}
