using System.Text;

namespace Boreal.Cli.Building.Offers;

/// <summary>Where a secret's value is read when a build asks for it: a file, or a variable of the environment.</summary>
internal sealed record SecretSource(string? Path, string? Variable)
{
    /// <summary>In bytes, as everywhere secrets are read.</summary>
    private const int Largest = 500 * 1024;

    /// <exception cref="FormatException">The file is too large.</exception>
    public byte[] Read()
    {
        if (Path is null) return Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(Variable ?? "") ?? "");
        if (new FileInfo(Path).Length > Largest) throw new FormatException($"secret file {Path} is too large: secrets have at most {Largest} bytes");
        return File.ReadAllBytes(Path);
    }
}
