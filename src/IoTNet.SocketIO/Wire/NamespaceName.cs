using System;
using System.Text;

namespace IoTNet
{
    /// <summary>Names of namespaces.</summary>
    internal static class NamespaceName
    {
        /// <summary>Gives the name with its slash, after checking it.</summary>
        public static string Check(string name, int maxBytes)
        {
            if (name == null)
            {
                throw new ArgumentNullException(nameof(name));
            }

            name = name.Length == 0 || name[0] != '/' ? "/" + name : name;
            if (name.IndexOf(',') >= 0 || Encoding.UTF8.GetBytes(name).Length > maxBytes)
            {
                throw new ArgumentException("Expected a namespace without commas, of at most " + maxBytes.ToString() + " bytes, not \"" +
                    name + "\".", nameof(name));
            }

            return name;
        }

        /// <summary>The name as packets have it; null for "/", which they leave out.</summary>
        public static byte[] ToWire(string name)
        {
            return name.Length == 1 ? null : Encoding.UTF8.GetBytes(name);
        }
    }
}
