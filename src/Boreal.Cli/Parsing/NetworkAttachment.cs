using System.Globalization;
using Boreal.Api.Containers;
using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary>A network a new container joins: its name, and what is asked of it there.</summary>
internal sealed record NetworkAttachment(string Target, EndpointSettings Settings)
{
    /// <summary>True where docker's one-network options apply: on networks that a user made.</summary>
    public bool IsUserDefined => Target is not ("default" or "bridge" or "host" or "none") && !Target.StartsWith("container:", StringComparison.Ordinal);

    /// <summary>Reads a name, or <c>name=NETWORK,alias=…,ip=…</c>.</summary>
    public static NetworkAttachment Parse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal)) return new NetworkAttachment(text, new EndpointSettings());
        var fields = new Fields();
        foreach (var field in CsvFields.Split(text))
        {
            var equals = field.IndexOf('=');
            if (equals < 1) throw new FormatException($"invalid field {field}");
            fields.Set(field[..equals].Trim().ToLowerInvariant(), field[(equals + 1)..].Trim());
        }

        return new NetworkAttachment(fields.Name ?? throw new FormatException("network name/id is not specified"), fields.ToSettings());
    }

    /// <summary>Fields as they come; lists grow, of the others the last counts.</summary>
    private sealed class Fields
    {
        private readonly List<string> _aliases = [];
        private readonly List<string> _linkLocal = [];
        private readonly Dictionary<string, string> _driverOptions = new(StringComparer.Ordinal);
        private string? _ipv4;
        private string? _ipv6;
        private string _mac = "";
        private int _gatewayPriority;

        public string? Name { get; private set; }

        public void Set(string key, string value)
        {
            switch (key)
            {
                case "name": Name = value; break;
                case "alias": _aliases.Add(value); break;
                case "ip": _ipv4 = value; break;
                case "ip6": _ipv6 = value; break;
                case "mac-address": _mac = Hosts.CheckMac(value); break;
                case "link-local-ip": _linkLocal.Add(value); break;
                case "driver-opt": AddDriverOption(value); break;
                case "gw-priority":
                    _gatewayPriority = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)
                        ? priority : throw new FormatException($"invalid gw-priority ({value}): invalid syntax");
                    break;
                default: throw new FormatException($"invalid field key {key}");
            }
        }

        public EndpointSettings ToSettings() => new()
        {
            Aliases = _aliases.Count > 0 ? _aliases : null,
            DriverOpts = _driverOptions.Count > 0 ? _driverOptions : null,
            MacAddress = _mac,
            GwPriority = _gatewayPriority,
            IPAMConfig = _ipv4 is null && _ipv6 is null && _linkLocal.Count is 0 ? null : new EndpointIpamConfig
            {
                IPv4Address = _ipv4,
                IPv6Address = _ipv6,
                LinkLocalIPs = _linkLocal.Count > 0 ? _linkLocal : null,
            },
        };

        private void AddDriverOption(string value)
        {
            var equals = value.IndexOf('=');
            if (equals < 1) throw new FormatException("invalid key value pair format in driver options");
            _driverOptions[value[..equals]] = value[(equals + 1)..];
        }
    }
}
