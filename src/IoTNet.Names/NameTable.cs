namespace IoTNet
{
    /// <summary>Reads a table of names that is one literal, so that it stays in the device's flash: a line is a name, a
    /// number, a word of marks, and aliases, with single spaces between them.</summary>
    internal static class NameTable
    {
        public const int Name = 0;
        public const int Number = 1;
        public const int Marks = 2;
        public const int FirstAlias = 3;

        /// <summary>Finds the first line that has a name (or, when that is null, a number) and a mark.</summary>
        /// <param name="table">The lines, each with its end.</param>
        /// <param name="name">The name or alias, as it is written there; or null.</param>
        /// <param name="number">The number, when the name is null.</param>
        /// <param name="mark">The mark; a space = any.</param>
        /// <returns>The fields of the line, or null.</returns>
        public static string[] Find(string table, string name, int number, char mark)
        {
            string digits = number.ToString();
            int start = 0;
            while (start < table.Length)
            {
                int end = table.IndexOf('\n', start);
                string[] fields = table.Substring(start, end - start).Split(' ');
                if ((name == null ? fields[Number] == digits : HasName(fields, name)) &&
                    (mark == ' ' || fields[Marks].IndexOf(mark) >= 0))
                {
                    return fields;
                }

                start = end + 1;
            }

            return null;
        }

        public static string[] Aliases(string[] fields)
        {
            string[] aliases = new string[fields.Length - FirstAlias];
            for (int i = 0; i < aliases.Length; i++)
            {
                aliases[i] = fields[FirstAlias + i];
            }

            return aliases;
        }

        private static bool HasName(string[] fields, string name)
        {
            if (fields[Name] == name)
            {
                return true;
            }

            for (int i = FirstAlias; i < fields.Length; i++)
            {
                if (fields[i] == name)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
