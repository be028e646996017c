namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--ssh default|id[=socket]</c>.</summary>
internal static class AgentSpecs
{
    private const string AgentVariable = "SSH_AUTH_SOCK";

    /// <exception cref="FormatException">There is no such socket, or it is a key.</exception>
    public static (string Id, string Socket) Parse(string text)
    {
        var equals = text.IndexOf('=');
        var id = equals < 0 ? text : text[..equals];
        var path = equals < 0 ? Environment.GetEnvironmentVariable(AgentVariable) ?? "" : text[(equals + 1)..];
        if (id.Length is 0) throw new FormatException($"invalid value '{text}': an agent has a name, such as default");
        if (path.Length is 0) throw new FormatException($"invalid empty ssh agent socket: make sure {AgentVariable} is set");
        if (!File.Exists(path)) throw new FormatException($"failed to open {path}: no such file or directory");
        // A socket is a device to the runtime's eyes; a plain file is a key.
        if ((File.GetAttributes(path) & FileAttributes.Device) is 0 && new FileInfo(path).Length > 0)
            throw new FormatException($"{path} is no socket of an SSH agent: add keys to an agent with ssh-add and name its socket");
        return (id, path);
    }
}
